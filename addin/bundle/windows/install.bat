@echo off
rem Installs gouji and its Excel add-in for the person who runs this; no network, no administrator.
setlocal
cd /d "%~dp0"
set "PLACE=%LOCALAPPDATA%\gouji\python"
set "PYTHON="

call :find
if not defined PYTHON for %%F in (python-{version}*.exe) do (
  echo 正在安装 Python：%%F
  "%%F" /passive InstallAllUsers=0 Include_launcher=1 PrependPath=0
  call :find
)
if not defined PYTHON (
  echo 这台电脑上没有 Python {version}。请把 64 位的安装程序 python-{version}.x-amd64.exe 放到本文件夹，再双击 install.bat。
  goto :failed
)

%SystemRoot%\System32\tasklist.exe /fi "imagename eq EXCEL.EXE" 2>nul | %SystemRoot%\System32\find.exe /i "EXCEL.EXE" >nul
if not errorlevel 1 (
  echo Excel 还开着。请保存工作簿、关闭 Excel，再双击 install.bat。
  goto :failed
)

echo 正在安装勾稽，约一分钟……
%PYTHON% -I -m venv "%PLACE%"
if errorlevel 1 goto :failed
"%PLACE%\Scripts\python.exe" -I -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels --upgrade --force-reinstall "gouji[live]=={gouji}"
if errorlevel 1 goto :failed
"%PLACE%\Scripts\python.exe" -I -m gouji addin install
if errorlevel 1 goto :failed
echo.
echo 装好了。打开 Excel，点选项卡“决算勾稽”。
pause
exit /b 0

:find
py -{version}-64 -c "import venv" >nul 2>nul
if not errorlevel 1 set "PYTHON=py -{version}-64"
if not defined PYTHON if exist "%LOCALAPPDATA%\Programs\Python\Python{nodot}\python.exe" set PYTHON="%LOCALAPPDATA%\Programs\Python\Python{nodot}\python.exe"
exit /b 0

:failed
echo.
echo 没有装成。请把上面的文字发给负责的同事。
pause
exit /b 1
