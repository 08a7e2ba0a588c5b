Attribute VB_Name = "GoujiRun"
Option Explicit

' Starts Python for a button. Which Python is written in the person's own configuration and nowhere else: nothing is
' read from the workbook in front, nor from its folder.

Private Const BOOK_VARIABLE As String = "GOUJI_BOOK"
Private Const MAC_FOLDER As String = "/Library/Group Containers/UBF8T346G9.Office/gouji/"

Public Sub Perform(ByVal action As String, ByVal pack As String)
    If ActiveWorkbook Is Nothing Then
        Say "no_workbook"
    ElseIf GoujiMac.OnMac() Then
        PerformOnMac action, pack
    Else
        PerformOnWindows action, pack
    End If
End Sub

' The menu of rule packs that Python keeps beside its configuration, or "".
Public Function KeptMenu() As String
    If GoujiMac.OnMac() Then
        KeptMenu = PlainText(GoujiText.UserHome(Environ("HOME")) & MAC_FOLDER & "packs.xml")
    Else
        KeptMenu = WideText(ConfigurationFolder() & "packs.xml")
    End If
End Function

' Python runs beside Excel, which must be free to answer it: it says itself how it ended.
Private Sub PerformOnMac(ByVal action As String, ByVal pack As String)
    Select Case GoujiMac.Asked(action & vbLf & pack & vbLf & ActiveWorkbook.Name)
        Case "started"
        Case "missing"
            Say "no_interpreter"
        Case Else
            Say "not_installed"
    End Select
End Sub

Private Sub PerformOnWindows(ByVal action As String, ByVal pack As String)
    Dim interpreter As String
    interpreter = GoujiText.SettingOf(WideText(ConfigurationFolder() & "addin.ini"), "interpreter")
    If interpreter = "" Then
        Say "not_installed"
    ElseIf Not CreateObject("Scripting.FileSystemObject").FileExists(interpreter) Then
        Say "no_interpreter"
    ElseIf ExitCode(interpreter, action, pack) <> 0 Then
        Say "failed"
    End If
End Sub

' Waits for Python, which talks to this Excel meanwhile, and says itself how it ended unless it could not run.
Private Function ExitCode(ByVal interpreter As String, ByVal action As String, ByVal pack As String) As Long
    Dim shell As Object, before As String, working As String
    Set shell = CreateObject("WScript.Shell")
    before = shell.CurrentDirectory
    working = GoujiText.Words("working")
    ExitCode = -1
    On Error Resume Next
    Application.Cursor = xlWait
    Application.StatusBar = working
    shell.Environment("PROCESS").Item(BOOK_VARIABLE) = ActiveWorkbook.Name
    shell.CurrentDirectory = ConfigurationFolder()
    ExitCode = shell.Run(GoujiText.CommandLine(interpreter, action, CStr(Application.Hwnd), pack), 0, True)
    shell.CurrentDirectory = before
    shell.Environment("PROCESS").Remove BOOK_VARIABLE
    Application.Cursor = xlDefault
    If CStr(Application.StatusBar) = working Then Application.StatusBar = False
    On Error GoTo 0
End Function

Private Function ConfigurationFolder() As String
    ConfigurationFolder = CreateObject("WScript.Shell").ExpandEnvironmentStrings("%APPDATA%") & "\gouji\"
End Function

' A text file in UTF-16, or "" where there is none: through the file system object, which knows every path.
Private Function WideText(ByVal path As String) As String
    Dim files As Object, stream As Object
    Set files = CreateObject("Scripting.FileSystemObject")
    If Not files.FileExists(path) Then Exit Function
    Set stream = files.OpenTextFile(path, 1, False, -1)
    If Not stream.AtEndOfStream Then WideText = stream.ReadAll
    stream.Close
End Function

' A text file in ASCII, or "" where there is none.
Private Function PlainText(ByVal path As String) As String
    Dim handle As Integer
    On Error GoTo Missing
    handle = FreeFile
    Open path For Input As #handle
    PlainText = Input(LOF(handle), #handle)
    Close #handle
Missing:
End Function

Private Sub Say(ByVal message As String)
    If GoujiMac.OnMac() Then
        MsgBox GoujiText.Words(message), vbExclamation, GoujiText.Words("title")
    Else
        CreateObject("WScript.Shell").Popup GoujiText.Words(message), 0, GoujiText.Words("title"), 48
    End If
End Sub
