/* The floor: what the operating system itself takes, with nothing on top of it. Two processes on two cores, one Unix
 * domain socket between them. For each line on standard input the work is done once, and a line of values printed. Done
 * with each end held to a core of its own, and left to the scheduler: the better of the two is the floor.
 *
 *   pingpong call ROUNDS          one byte there, one back: p50 and p99 in microseconds
 *   pingpong idle ROUNDS          the same after 2 ms of sleep
 *   pingpong latency BYTES ROUNDS that many bytes there and back: p50 in microseconds
 *   pingpong arg BYTES ROUNDS     that many bytes there, one back: median in milliseconds
 *   pingpong echo BYTES ROUNDS    that many bytes there and back: median in milliseconds
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <signal.h>
#include <sys/prctl.h>
#endif

#define PIECE (256 * 1024)

/* Lets a process run on the nth of our cores only, or, below 0, where the system thinks best. */
static void place(pid_t process, int nth) {
#ifdef __linux__
    static cpu_set_t all;
    if (CPU_COUNT(&all) == 0) sched_getaffinity(0, sizeof all, &all);
    cpu_set_t one;
    CPU_ZERO(&one);
    for (int cpu = 0, seen = 0; cpu < CPU_SETSIZE; cpu++) {
        if (CPU_ISSET(cpu, &all) && seen++ == nth) CPU_SET(cpu, &one);
    }
    sched_setaffinity(process, sizeof one, CPU_COUNT(&one) == 0 ? &all : &one);
#else
    (void) process, (void) nth;
#endif
}

static void out(int fd, const char *data, size_t bytes) {
    while (bytes > 0) {
        ssize_t n = write(fd, data, bytes < PIECE ? bytes : PIECE);
        if (n <= 0) exit(0);
        data += n;
        bytes -= (size_t) n;
    }
}

static void in(int fd, char *data, size_t bytes) {
    while (bytes > 0) {
        ssize_t n = read(fd, data, bytes < PIECE ? bytes : PIECE);
        if (n <= 0) exit(0);
        data += n;
        bytes -= (size_t) n;
    }
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double) t.tv_sec * 1e6 + (double) t.tv_nsec / 1e3;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    int sized = argc > 3;
    int idle = strcmp(argv[1], "idle") == 0;
    int big = strcmp(argv[1], "arg") == 0 || strcmp(argv[1], "echo") == 0;
    size_t there = sized ? strtoull(argv[2], NULL, 10) : 1;
    size_t back = strcmp(argv[1], "arg") == 0 ? 1 : there;
    int rounds = atoi(argv[sized ? 3 : 2]);
    int warm = big ? 2 : rounds / 5;
    char *data = malloc(there);
    double *took = malloc(sizeof(double) * (size_t) (rounds + warm));
    int ends[2];
    if (!data || !took || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
    memset(data, 1, there);

    pid_t other = fork();
    if (other == 0) {
#ifdef __linux__
        prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
        close(ends[0]);
        for (;;) {
            in(ends[1], data, there);
            out(ends[1], data, back);
        }
    }
    close(ends[1]);
    char line[16];
    printf("ready C, Unix domain socket\n");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        double best50 = 0, best99 = 0;
        for (int held = 1; held >= 0; held--) {
            place(0, held ? 0 : -1);
            place(other, held ? 1 : -1);
            for (int i = 0; i < rounds + warm; i++) {
                if (idle) nanosleep(&(struct timespec){0, 2000000}, NULL);
                double start = now();
                out(ends[0], data, there);
                in(ends[0], data, back);
                took[i] = now() - start;
            }
            qsort(took + warm, (size_t) rounds, sizeof(double), ascending);
            double p50 = took[warm + rounds / 2], p99 = took[warm + (int) (rounds * 0.99)];
            if (held || p50 < best50) {
                best50 = p50;
                best99 = p99;
            }
        }
        if (big) printf("%f\n", best50 / 1e3);
        else printf("%f %f\n", best50, best99);
        fflush(stdout);
    }
    return 0;
}
