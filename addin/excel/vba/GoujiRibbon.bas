Attribute VB_Name = "GoujiRibbon"
Option Explicit

' What the buttons of the ribbon call. Captions are in customUI14.xml, what is done is done by Python.

Public Sub GoujiCheck(control As Object)
    GoujiRun.Perform "check", ""
End Sub

Public Sub GoujiCheckSheet(control As Object)
    GoujiRun.Perform "check_sheet", ""
End Sub

Public Sub GoujiClear(control As Object)
    GoujiRun.Perform "clear", ""
End Sub

Public Sub GoujiPrevious(control As Object)
    GoujiRun.Perform "previous", ""
End Sub

Public Sub GoujiNext(control As Object)
    GoujiRun.Perform "next", ""
End Sub

Public Sub GoujiResults(control As Object)
    GoujiRun.Perform "results", ""
End Sub

Public Sub GoujiExport(control As Object)
    GoujiRun.Perform "export", ""
End Sub

Public Sub GoujiAbout(control As Object)
    GoujiRun.Perform "about", ""
End Sub

Public Sub GoujiPacks(control As Object)
    GoujiRun.Perform "packs", ""
End Sub

Public Sub GoujiChoosePack(control As Object)
    GoujiRun.Perform "choose_pack", control.Tag
End Sub

' The menu of rule packs as XML, each time it is opened.
Public Sub GoujiPackMenu(control As Object, ByRef content As Variant)
    content = GoujiText.MenuOr(GoujiRun.KeptMenu(), GoujiText.Words("list_packs"))
End Sub
