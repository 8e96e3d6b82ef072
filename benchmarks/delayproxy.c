/* A TCP proxy on loopback that holds every chunk for a fixed time in each direction.
 *
 *   delayproxy LISTEN_PORT TARGET_PORT DELAY_MICROSECONDS
 *
 * Stands for a network with a round trip of twice the delay where the kernel has no netem. Chunks
 * keep their order; bandwidth is not limited. One thread, epoll, one timerfd for the next due chunk.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 65536 };

struct chunk {
    struct chunk *next;
    uint64_t due;
    size_t length, sent;
    int is_end;
    char bytes[];
};

struct end {
    int fd;
    int is_closed, is_writable, wants_write;
    struct end *peer;
    struct chunk *first, *last; /* waiting to be written to this end */
    struct end *next_in_use;
};

static uint64_t delay;
static int poller, timer, listener, target_port;
static struct end *in_use;

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int make_socket(void) {
    int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

static struct sockaddr_in loopback(int port) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return a;
}

static void watch(struct end *end, int operation) {
    struct epoll_event event = {.data.ptr = end};
    event.events = (end->is_closed ? 0 : EPOLLIN) | (end->wants_write ? EPOLLOUT : 0);
    epoll_ctl(poller, operation, end->fd, &event);
}

static struct end *make_end(int fd) {
    struct end *end = calloc(1, sizeof *end);
    end->fd = fd;
    end->next_in_use = in_use;
    in_use = end;
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return end;
}

static void accept_client(void) {
    int one = 1, fd = accept(listener, NULL, NULL);
    if (fd < 0) return;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    int back = make_socket();
    struct sockaddr_in address = loopback(target_port);
    if (connect(back, (struct sockaddr *)&address, sizeof address) < 0) {
        close(fd);
        close(back);
        return;
    }
    struct end *client = make_end(fd), *server = make_end(back);
    client->peer = server;
    server->peer = client;
    watch(client, EPOLL_CTL_ADD);
    watch(server, EPOLL_CTL_ADD);
}

static void take_in(struct end *end) {
    static char buffer[CHUNK];
    ssize_t length = read(end->fd, buffer, sizeof buffer);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    size_t size = length > 0 ? (size_t)length : 0;
    struct chunk *chunk = calloc(1, sizeof *chunk + size);
    chunk->length = size;
    chunk->is_end = length <= 0;
    chunk->due = now() + delay;
    memcpy(chunk->bytes, buffer, size);
    struct end *to = end->peer;
    if (to->last) to->last->next = chunk; else to->first = chunk;
    to->last = chunk;
    if (length <= 0) {
        end->is_closed = 1;
        watch(end, EPOLL_CTL_MOD);
    }
}

static void give_out(struct end *end, uint64_t moment) {
    while (end->first && end->first->due <= moment) {
        struct chunk *chunk = end->first;
        if (chunk->is_end) {
            shutdown(end->fd, SHUT_WR);
        } else {
            ssize_t sent = send(end->fd, chunk->bytes + chunk->sent, chunk->length - chunk->sent,
                                MSG_NOSIGNAL);
            if (sent < 0 && errno == EAGAIN) sent = 0;
            if (sent < 0) sent = (ssize_t)(chunk->length - chunk->sent);
            chunk->sent += (size_t)sent;
            if (chunk->sent < chunk->length) {
                if (!end->wants_write) { end->wants_write = 1; watch(end, EPOLL_CTL_MOD); }
                return;
            }
        }
        end->first = chunk->next;
        if (!end->first) end->last = NULL;
        free(chunk);
    }
    if (end->wants_write) { end->wants_write = 0; watch(end, EPOLL_CTL_MOD); }
}

static void sweep(void) {
    uint64_t moment = now(), next = 0;
    for (struct end **at = &in_use; *at;) {
        struct end *end = *at;
        give_out(end, moment);
        if (end->first && !end->wants_write && (!next || end->first->due < next))
            next = end->first->due;
        if (end->is_closed && end->peer && end->peer->is_closed && !end->first && !end->peer->first) {
            struct end *peer = end->peer;
            close(end->fd);
            close(peer->fd);
            peer->peer = NULL;
            end->peer = NULL;
        }
        if (!end->peer) { *at = end->next_in_use; free(end); } else at = &end->next_in_use;
    }
    struct itimerspec when = {0};
    if (next) {
        when.it_value.tv_sec = (time_t)(next / 1000000000u);
        when.it_value.tv_nsec = (long)(next % 1000000000u);
    }
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    target_port = atoi(argv[2]);
    delay = (uint64_t)atoll(argv[3]) * 1000u;
    listener = make_socket();
    struct sockaddr_in address = loopback(atoi(argv[1]));
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) { perror("bind"); return 1; }
    listen(listener, 1024);
    poller = epoll_create1(0);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &listener};
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    event.data.ptr = &timer;
    epoll_ctl(poller, EPOLL_CTL_ADD, timer, &event);
    for (;;) {
        struct epoll_event events[256];
        int count = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < count; i++) {
            void *what = events[i].data.ptr;
            if (what == &listener) {
                accept_client();
            } else if (what == &timer) {
                uint64_t ticks;
                (void)!read(timer, &ticks, sizeof ticks);
            } else if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
                struct end *end = what;
                if (!end->is_closed) take_in(end);
                else if (events[i].events & (EPOLLHUP | EPOLLERR)) epoll_ctl(poller, EPOLL_CTL_DEL, end->fd, NULL);
            }
        }
        sweep();
    }
}
