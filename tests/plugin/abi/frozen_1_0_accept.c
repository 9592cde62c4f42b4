/* A tag that came after the table of 1.0 and needs no new minor: it is not critical, so a runner that does not know it
 * skips it. Never changed either. */
#include "frozen.h"

CONSTANT(CAIRN_TAG_ACCEPT, 20);
