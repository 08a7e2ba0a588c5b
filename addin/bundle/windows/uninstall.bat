@echo off
rem Takes away what install.bat put there. Workbooks are not touched.
setlocal
set "PLACE=%LOCALAPPDATA%\gouji\python"
if not exist "%PLACE%\Scripts\python.exe" (
  echo 没有安装勾稽，没有可删除的。
  pause
  exit /b 0
)
"%PLACE%\Scripts\python.exe" -I -m gouji addin uninstall
if errorlevel 1 (
  echo 没有卸载成。请关闭 Excel，再双击 uninstall.bat。
  pause
  exit /b 1
)
rmdir /s /q "%PLACE%"
echo 已卸载。
pause
