Attribute VB_Name = "GoujiText"
Option Explicit

' Texts in, texts out: nothing here asks the system.

' The value written for a key in the lines "key = value", or "" where there is none.
Public Function SettingOf(ByVal text As String, ByVal key As String) As String
    Dim lines As Variant, index As Long, equals As Long, entry As String
    lines = Split(Replace(text, vbCr, ""), vbLf)
    For index = LBound(lines) To UBound(lines)
        entry = lines(index)
        equals = InStr(entry, "=")
        If equals > 1 Then
            If Trim(Left(entry, equals - 1)) = key Then
                SettingOf = Trim(Mid(entry, equals + 1))
                Exit Function
            End If
        End If
    Next index
End Function

' A word of a command line; a quotation mark cannot be part of one.
Public Function Quoted(ByVal word As String) As String
    Quoted = Chr(34) & Replace(word, Chr(34), "") & Chr(34)
End Function

' What is run for a button. -I: neither the current folder, nor PYTHONPATH, nor anything beside a workbook counts.
Public Function CommandLine(ByVal interpreter As String, ByVal action As String, ByVal window As String, ByVal pack As String) As String
    CommandLine = Quoted(interpreter) & " -I -X utf8 -m gouji.addin.excel " & action & " --window " & window
    If action = "choose_pack" Then CommandLine = CommandLine & " --pack " & Quoted(pack)
End Function

' The person's home on a Mac, where a sandboxed Excel is told the folder of its container.
Public Function UserHome(ByVal home As String) As String
    Dim place As Long
    place = InStr(home, "/Library/Containers/")
    UserHome = home
    If place > 0 Then UserHome = Left(home, place - 1)
End Function

' The menu kept by Python, or one that asks Python for it.
Public Function MenuOr(ByVal kept As String, ByVal caption As String) As String
    MenuOr = kept
    If kept = "" Then
        MenuOr = "<menu xmlns=""http://schemas.microsoft.com/office/2009/07/customui"">" & _
            "<button id=""goujiPackList"" label=""" & caption & """ onAction=""GoujiPacks""/></menu>"
    End If
End Function

' A message by its name, from the sheet of this add-in: the modules themselves are plain ASCII.
Public Function Words(ByVal key As String) As String
    Dim row As Long
    row = 1
    Do While ThisWorkbook.Worksheets(1).Cells(row, 1).Value <> ""
        If ThisWorkbook.Worksheets(1).Cells(row, 1).Value = key Then
            Words = ThisWorkbook.Worksheets(1).Cells(row, 2).Value
            Exit Function
        End If
        row = row + 1
    Loop
    Words = key
End Function
