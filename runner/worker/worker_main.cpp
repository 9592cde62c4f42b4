#include "worker/serve.hpp"
#include "worker/worker_start.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#if defined(__SANITIZE_ADDRESS__)
#define CAIRN_WORKER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CAIRN_WORKER_ASAN 1
#endif
#endif

#ifdef CAIRN_WORKER_ASAN
/// A crash must look to the runner as it does without the sanitizer: a signal, not an exit status.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:detect_leaks=0";
}
#endif

namespace {

int refuse() {
  std::fputs("cairn-worker: started by cairn to run the code of revisions; it does nothing by itself\n", stderr);
  return 2;
}

bool is_socket(int descriptor) {
  int type = 0;
  socklen_t size = sizeof type;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

/// The kernel ends this process with its parent; one that died before this call is seen by comparing.
bool tie_to_parent(pid_t parent) { return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::getppid() == parent; }

/// Each library that is loaded keeps one open.
void allow_many_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

void limit_process() {
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  allow_many_files();
  ::fcntl(cairn::worker_socket, F_SETFD, FD_CLOEXEC);   // programs a revision starts do not inherit the wire
  std::signal(SIGINT, SIG_IGN);                         // the runner handles ^C and decides
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);        // a crash must not swallow whole lines
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2 || !is_socket(cairn::worker_socket)) return refuse();
  if (!tie_to_parent(static_cast<pid_t>(std::strtol(arguments[1], nullptr, 10)))) return refuse();
  limit_process();
  cairn::serve(cairn::worker_socket);
}
