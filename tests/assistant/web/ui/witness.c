/* Notes in the file that WITNESS names what a program and its libraries look up, connect to and open for writing. Python
   goes through these functions, and so do the libraries in C, C++ and Rust, of which Python's own hooks hear nothing. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void note(const char *did, const char *what) {
    const char *log = getenv("WITNESS");
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%s %s\n", did, what);
    int file = log ? syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (file < 0) return;
    syscall(SYS_write, file, line, length);
    syscall(SYS_close, file);
}

static void note_address(const char *did, const struct sockaddr *to) {
    char name[INET6_ADDRSTRLEN] = "";
    if (to && to->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)to)->sin_addr, name, sizeof name);
    else if (to && to->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)to)->sin6_addr, name, sizeof name);
    if (*name) note(did, name);
}

static void note_path(int folder, const char *path) {
    char whole[2 * PATH_MAX], link[64];
    ssize_t length = 0;
    if (path[0] != '/') {
        snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
        length = readlink(link, whole, PATH_MAX);
        if (length < 0) length = 0;
        whole[length++] = '/';
    }
    snprintf(whole + length, sizeof whole - length, "%s", path);
    note("writes", whole);
}

int connect(int socket, const struct sockaddr *to, socklen_t length) {
    note_address("connects", to);
    return NEXT(connect)(socket, to, length);
}

ssize_t sendto(int socket, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
    note_address("sends", to);
    return NEXT(sendto)(socket, data, size, flags, to, length);
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    if (name) note("asks for", name);
    return NEXT(getaddrinfo)(name, service, hints, found);
}

#define OPENS(name, folder, parameters, arguments)                                                                     \
    int name parameters {                                                                                              \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;                                        \
        va_end(more);                                                                                                  \
        if (flags & (O_WRONLY | O_RDWR | O_CREAT)) note_path(folder, path);                                            \
        return NEXT(name) arguments;                                                                                   \
    }
OPENS(open, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPENS(open64, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPENS(openat, folder, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
OPENS(openat64, folder, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))

#define STREAMS(name)                                                                                                  \
    FILE *name(const char *path, const char *mode) {                                                                   \
        if (strpbrk(mode, "wa+")) note_path(AT_FDCWD, path);                                                           \
        return NEXT(name)(path, mode);                                                                                 \
    }
STREAMS(fopen)
STREAMS(fopen64)

int mkdir(const char *path, mode_t mode) {
    note_path(AT_FDCWD, path);
    return NEXT(mkdir)(path, mode);
}
