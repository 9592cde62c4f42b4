// The same table as C++ sees it.
#include "frozen_1_0_accept.c"
