@echo off
rem Windows: double-click. Starts Lentigo with whichever of Node and Python this machine has.
cd /d "%~dp0"
rem Asked for its version, because Windows has a "python" that only opens its store.
node --version >nul 2>nul && (node start.mjs %* & goto ended)
py -3 --version >nul 2>nul && (py -3 start.py %* & goto ended)
python --version >nul 2>nul && (python start.py %* & goto ended)
echo Lentigo needs Node (https://nodejs.org) or Python 3 (https://www.python.org) on this machine to be served.
:ended
rem What was said last, a port that is taken for one, stays to be read.
pause
