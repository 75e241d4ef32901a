"""Python's pools, each doing the work of a row of `forkloom bench`; its loops and servers are in modules beside this one.

main(PEER, WORK, SIZE...): PEER is ppe, asyncio, mp, loky, uvloop, aiohttp, lxml, html.parser, pillow.lanczos or pillow.bilinear. Prints
`ready VERSION` or `absent REASON`; then, for each line on standard input, does the work once and prints a line of values. Ends with standard input, or with
SIGTERM, and takes its workers along.
"""
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

import forkloom_crawl
import forkloom_front
import forkloom_images
import forkloom_loop

WORKERS = 2


# Tasks: in a module, so that workers that were not forked find them too.
def noop(*_):
    return None


def echo(x):
    return x


def add_one(x):
    return x + 1


def nap(seconds):
    time.sleep(seconds)
    return os.getpid()


class Executor:
    """concurrent.futures.ProcessPoolExecutor, and loky, which has the same methods."""

    def __init__(self, kind, workers=WORKERS):
        self.executor = kind(workers)

    def call(self, function, *args):
        return self.executor.submit(function, *args).result()

    def flood(self, function, arguments):
        futures = [self.executor.submit(function, *args) for args in arguments]
        for future in futures:
            future.result()

    def latencies(self, count, gap):
        return timed(count, gap, lambda: self.executor.submit(noop).result())

    def close(self):
        self.executor.shutdown()


class Bridge(Executor):
    """The same from asyncio: await loop.run_in_executor(pool, ...)."""

    def flood(self, function, arguments):
        import asyncio

        async def go():
            loop = asyncio.get_running_loop()
            await asyncio.gather(*(loop.run_in_executor(self.executor, function, *args) for args in arguments))
        asyncio.run(go())

    def latencies(self, count, gap):
        import asyncio

        async def go():
            loop = asyncio.get_running_loop()
            samples = []
            for _ in range(count):
                if gap:
                    await asyncio.sleep(gap)
                start = time.perf_counter()
                await loop.run_in_executor(self.executor, noop)
                samples.append(time.perf_counter() - start)
            return samples
        return asyncio.run(go())


class Pool:
    """multiprocessing.Pool."""

    def __init__(self, workers=WORKERS):
        import multiprocessing
        self.pool = multiprocessing.Pool(workers)

    def call(self, function, *args):
        return self.pool.apply(function, args)

    def flood(self, function, arguments):
        results = [self.pool.apply_async(function, args) for args in arguments]
        for result in results:
            result.get()

    def latencies(self, count, gap):
        return timed(count, gap, lambda: self.pool.apply(noop))

    def close(self):
        self.pool.close()
        self.pool.join()


def loky_kind():
    try:
        import loky
        return loky.ProcessPoolExecutor, "loky " + loky.__version__
    except ImportError:
        from joblib.externals import loky
        return loky.ProcessPoolExecutor, "loky " + loky.__version__


def opener(peer):
    """What opens the peer's pool with so many workers, and the peer's version."""
    if peer == "mp":
        return Pool, "multiprocessing.Pool"
    if peer == "loky":
        kind, version = loky_kind()
        return lambda workers=WORKERS: Executor(kind, workers), version
    from concurrent.futures import ProcessPoolExecutor
    if peer == "asyncio":
        return lambda workers=WORKERS: Bridge(ProcessPoolExecutor, workers), "asyncio; for tasks run_in_executor"
    return lambda workers=WORKERS: Executor(ProcessPoolExecutor, workers), "ProcessPoolExecutor"


class Crawl:
    """A program of its own for each go, from its start to its exit."""

    def __init__(self, parser, port, workers, times, pages):
        self.words = [str(port), parser, str(workers), str(times)]
        self.pages = pages * times

    def measure(self):
        # Beside this module, which is removed however this process ends.
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(__file__)) as out:
            seconds = clock(lambda: subprocess.run([sys.executable, forkloom_crawl.__file__, *self.words, out.name], check=True))
            with open(out.name, "rb") as lines:
                found = sum(1 for _ in lines)
        assert found == self.pages, f"{found} pages, not {self.pages}"
        return [self.pages / seconds]

    def close(self):
        pass


class Images:
    """The same for a folder of photos, of which it fetches a copy before it is asked."""

    def __init__(self, peer, port, workers, photos):
        self.peer, self.workers, self.photos = peer, str(workers), photos
        self.home = tempfile.mkdtemp(dir=os.path.dirname(__file__))
        self.folder = os.path.join(self.home, "photos")
        os.mkdir(self.folder)
        base = f"http://127.0.0.1:{port}"
        for path in fetch(base + forkloom_crawl.LIST).decode().split():
            with open(os.path.join(self.folder, os.path.basename(path)), "wb") as file:
                file.write(fetch(base + path))

    def measure(self):
        with tempfile.TemporaryDirectory(dir=self.home) as copies, tempfile.NamedTemporaryFile(dir=self.home) as out:
            words = [self.peer, self.folder, self.workers, copies, out.name]
            seconds = clock(lambda: subprocess.run([sys.executable, forkloom_images.__file__, *words], check=True))
            with open(out.name, "rb") as lines:
                found = sum(1 for _ in lines)
            made = len(os.listdir(copies))
        assert found == made == self.photos, f"{made} copies and {found} lines, not {self.photos}"
        return [seconds]

    def close(self):
        shutil.rmtree(self.home)


def fetch(url):
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(url) as response:
        return response.read()


def version_of(peer):
    if peer in forkloom_images.FILTERS:
        return forkloom_images.version()
    if peer in forkloom_crawl.EXTRACT:
        return forkloom_crawl.version()
    if peer == "uvloop":
        return forkloom_loop.loop_factory(peer)[1]
    return forkloom_front.version() if peer == "aiohttp" else opener(peer)[1]


def begin(peer, work, sizes):
    """What to close, and what to do for each line."""
    if work.startswith("loop."):
        opened = forkloom_loop.Loop(peer, work, sizes)
    elif work == "crawl":
        opened = Crawl(peer, *sizes)
    elif work == "images":
        opened = Images(peer, *sizes)
    elif work.startswith("front."):
        opened = forkloom_front.Server(work.removeprefix("front."), *sizes)
    else:
        return WORK[work](opener(peer)[0], *sizes)
    return opened, opened.measure


def timed(count, gap, work):
    samples = []
    for _ in range(count):
        if gap:
            time.sleep(gap)
        start = time.perf_counter()
        work()
        samples.append(time.perf_counter() - start)
    return samples


def clock(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentiles(samples):
    """p50 and p99 in microseconds."""
    ordered = sorted(samples)
    return [ordered[len(ordered) // 2] * 1e6, ordered[int(len(ordered) * 0.99)] * 1e6]


def warm(pool, count=200):
    pool.flood(noop, [()] * count)


def work_call(open_pool, count, gap=0):
    pool = open_pool()
    warm(pool)
    pool.latencies(count // 5, gap)
    return pool, lambda: percentiles(pool.latencies(count, gap))


def work_idle(open_pool, count):
    return work_call(open_pool, count, 0.002)


def work_submit(open_pool, count):
    pool = open_pool()
    warm(pool, count // 4)
    return pool, lambda: [count / clock(lambda: pool.flood(noop, [()] * count))]


def work_rate(open_pool, size, count):
    pool = open_pool()
    data = bytes(size)
    warm(pool)
    pool.flood(echo, [(data,)] * (count // 10 + 1))
    return pool, lambda: [count / clock(lambda: pool.flood(echo, [(data,)] * count))]


def work_latency(open_pool, size, count):
    pool = open_pool()
    data = bytes(size)
    warm(pool)
    timed(2, 0, lambda: pool.call(echo, data))
    return pool, lambda: percentiles(timed(count, 0, lambda: pool.call(echo, data)))


def work_map(open_pool, count):
    """The best of the chunk sizes, found with a tenth of the items."""
    pool = open_pool()
    warm(pool)
    tenth = count // 10
    seconds = {chunk: clock(lambda: pool.pool.map(add_one, range(tenth), chunk))
               for chunk in (100, 1000, 10000, 100000) if chunk <= tenth or chunk == 100}
    best = min(seconds, key=seconds.get)

    def measure():
        results = []
        rate = count / clock(lambda: results.append(pool.pool.map(add_one, range(count), best)))
        assert len(results[0]) == count and results[0][-1] == count
        return [rate]
    return pool, measure


def work_big(function):
    def work(open_pool, size, count):
        pool = open_pool()
        data = bytes(size)
        timed(2, 0, lambda: pool.call(function, data))
        return pool, lambda: [statistics.median(timed(count, 0, lambda: pool.call(function, data))) * 1e3]
    return work


def work_start(open_pool):
    """Once: whoever asks starts a new interpreter for each go."""
    opened = []

    def measure():
        start = time.perf_counter()
        pool = open_pool()
        pool.call(noop)
        seconds = time.perf_counter() - start
        opened.append(pool)
        return [seconds * 1e3]

    class Later:
        @staticmethod
        def close():
            for pool in opened:
                pool.close()
    return Later, measure


def work_memory(open_pool, workers):
    """Mean PSS of idle workers, in MiB."""
    pool = open_pool(workers)
    pids = set()

    def remember(pid):
        pids.add(pid)
        return pid
    while len(pids) < workers:
        if hasattr(pool, "executor"):
            futures = [pool.executor.submit(nap, 0.1) for _ in range(workers)]
            for future in futures:
                remember(future.result())
        else:
            for pid in pool.pool.map(nap, [0.1] * workers, 1):
                remember(pid)
    time.sleep(1)

    def pss(pid):
        with open(f"/proc/{pid}/smaps_rollup") as lines:
            return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return pool, lambda: [statistics.mean(pss(pid) for pid in pids)]


WORK = {
    "call": work_call,
    "idle": work_idle,
    "submit": work_submit,
    "rate": work_rate,
    "latency": work_latency,
    "map": work_map,
    "arg": work_big(noop),
    "echo": work_big(echo),
    "start": work_start,
    "memory": work_memory,
}


def say(*words):
    print(*words, flush=True)


def kill_all(me):
    """All of this group, but not the tracker of semaphores, which removes them and then ends by itself."""
    group = os.getpgid(0)
    try:
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/cmdline", "rb") as command:
                    tracker = b"resource_tracker" in command.read()
                if int(name) != me and not tracker and os.getpgid(int(name)) == group:
                    os.kill(int(name), signal.SIGKILL)
            except OSError:
                pass  # it has ended meanwhile
    except OSError:
        os.killpg(group, signal.SIGKILL)


def main(peer, work, *sizes, last=lambda: None):
    """last is called where the process does not end by itself."""
    me = os.getpid()

    def stop(*_):
        if os.getpid() == me:
            kill_all(me)
            last()
        os._exit(143)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        version = version_of(peer)
    except ImportError as missing:
        say("absent", missing)
        return
    say("ready", platform.python_implementation(), platform.python_version() + ",", version)
    if work == "version":
        return
    opened, measure = begin(peer, work, [int(size) for size in sizes])
    for _ in sys.stdin.buffer:
        say(*measure())
    opened.close()
