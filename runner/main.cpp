#include "cli/app.hpp"

int main(int argc, char** argv) { return cairn::run_app({argv + 1, argv + argc}); }
