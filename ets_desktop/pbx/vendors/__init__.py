"""One module or package a telephone system; `pbx/registry.py` names them."""
