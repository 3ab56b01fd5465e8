@echo off
rem Sets up what is missing and starts ETS Desktop; setup_ets.py knows how.
setlocal
set PYTHON=python
where /q py && set PYTHON=py -3
%PYTHON% "%~dp0setup_ets.py" run %*
exit /b %ERRORLEVEL%
