Attribute VB_Name = "GoujiMac"
Option Explicit

' What only Excel on a Mac has. The one module with conditional compilation: elsewhere its words do not exist.

Public Function OnMac() As Boolean
    #If Mac Then
        OnMac = True
    #End If
End Function

' Asks the script that "gouji addin install" put where only the person may write. Its answer, "" where it is missing.
Public Function Asked(ByVal request As String) As String
    #If Mac Then
        On Error Resume Next
        Asked = AppleScriptTask("gouji.applescript", "goujiPerform", request)
    #End If
End Function
