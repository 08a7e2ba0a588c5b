-- Starts gouji for a button of the Excel add-in. Excel itself may start no program: this script does, from the folder
-- that only the person may write to. "gouji addin install" puts in which Python.

property interpreter : "{python}"
property diary : "{log}"

-- request: three lines, what to do, the rule pack, the workbook's name.
on goujiPerform(request)
	set theWords to paragraphs of request
	try
		do shell script "test -x " & quoted form of interpreter
	on error
		return "missing"
	end try
	set theCommand to "GOUJI_BOOK=" & quoted form of (item 3 of theWords) & " "
	set theCommand to theCommand & quoted form of interpreter & " -I -X utf8 -m gouji.addin.excel "
	set theCommand to theCommand & quoted form of (item 1 of theWords)
	if item 1 of theWords is "choose_pack" then
		set theCommand to theCommand & " --pack " & quoted form of (item 2 of theWords)
	end if
	do shell script theCommand & " > " & quoted form of diary & " 2>&1 &"
	return "started"
end goujiPerform
