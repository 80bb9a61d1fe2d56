@echo off
rem Windows: double-click. Starts Lentigo with whichever of Node and Python this machine has.
cd /d "%~dp0"
where node >nul 2>nul && (node start.mjs %* & goto :eof)
where py >nul 2>nul && (py -3 start.py %* & goto :eof)
where python >nul 2>nul && (python start.py %* & goto :eof)
echo Lentigo needs Node (https://nodejs.org) or Python 3 (https://www.python.org) on this machine to be served.
pause
