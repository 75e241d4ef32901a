"""What asyncio does, on its own loop or on uvloop: each work is that of a row of `forkloom bench async`.

A work gives what measures it: a coroutine function without arguments, which gives the values of one go.
"""
import asyncio
import statistics
import time


def loop_factory(peer):
    """What makes the loop, and its version."""
    if peer == "uvloop":
        import uvloop
        return uvloop.new_event_loop, "uvloop " + uvloop.__version__
    return asyncio.new_event_loop, "asyncio"


def open_runner(peer):
    return asyncio.Runner(loop_factory=loop_factory(peer)[0])


async def noop():
    return None


async def each(batches, count, batch):
    """Median microseconds of one of count steps, of so many batches."""
    seconds = []
    for _ in range(batches):
        start = time.perf_counter()
        await batch()
        seconds.append(time.perf_counter() - start)
    return [statistics.median(seconds) * 1e6 / count]


def fork(count, batches):
    async def batch():
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(noop())
    return lambda: each(batches, count, batch)


def channel(capacity, count, batches):
    async def batch():
        queue = asyncio.Queue(capacity)

        async def send():
            for item in range(count):
                await queue.put(item)

        async def receive():
            for _ in range(count):
                await queue.get()
        await asyncio.gather(send(), receive())
    return lambda: each(batches, count, batch)


def generator(count, batches):
    """With a switch for each element: one without would be a loop in one task, which ours is not."""
    async def batch():
        async def numbers():
            for number in range(count):
                await asyncio.sleep(0)
                yield number
        async for _ in numbers():
            pass
    return lambda: each(batches, count, batch)


def resident_bytes():
    with open("/proc/self/smaps_rollup") as lines:
        return sum(int(line.split()[1]) for line in lines if line.startswith("Rss:")) * 1024


def parked(count):
    """Bytes of the process for each task that waits."""
    async def go():
        event = asyncio.Event()
        before = resident_bytes()
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(event.wait())
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            grown = resident_bytes() - before
            event.set()
        return [grown / count]
    return go


def lateness(wait):
    """How late so many waits in step are, in milliseconds: p99 and p50."""
    def work(count, repeats, millis):
        delay = millis / 1e3

        async def sleeper():
            late = []
            for _ in range(repeats):
                start = time.perf_counter()
                await wait(delay)
                late.append(time.perf_counter() - start - delay)
            return late

        async def go():
            late = sorted(sum(await asyncio.gather(*(sleeper() for _ in range(count))), []))
            return [late[int(len(late) * 0.99)] * 1e3, late[len(late) // 2] * 1e3]
        return go
    return work


async def time_out(delay):
    try:
        async with asyncio.timeout(delay):
            await asyncio.sleep(60)
    except TimeoutError:
        pass


WORK = {
    "loop.fork": fork,
    "loop.channel": channel,
    "loop.generator": generator,
    "loop.parked": parked,
    "loop.timers": lateness(asyncio.sleep),
    "loop.timeouts": lateness(time_out),
}


class Loop:
    def __init__(self, peer, work, sizes):
        self.runner = open_runner(peer)
        self.work = WORK[work](*sizes)
        if work != "loop.parked":   # it would measure what the first go has left
            self.measure()

    def measure(self):
        return self.runner.run(self.work())

    def close(self):
        self.runner.close()
