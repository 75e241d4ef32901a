"""An aiohttp server on uvloop whose requests want a processor: the peer of `forkloom bench front`.

/ping answers 'pong'; /cpu takes so many milliseconds of a processor, by the account of its thread:
  inline   in the coroutine itself
  thread   run_in_executor with ThreadPoolExecutor (default size)
  process  run_in_executor with ProcessPoolExecutor(2)
"""
import asyncio
import math
import socket
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, wait

TERMS = 200     # between two looks at the clock, about 25 us


def version():
    import aiohttp
    import uvloop
    return f"aiohttp {aiohttp.__version__} on uvloop {uvloop.__version__}"


def burn(millis):
    end = time.thread_time() + millis / 1e3
    total = 0.0
    while time.thread_time() < end:
        for k in range(1, TERMS + 1):
            total += math.sqrt(k) * math.log(k)
    return total


def pool_of(variant):
    if variant == "process":
        pool = ProcessPoolExecutor(2)
        wait([pool.submit(time.sleep, 0.2) for _ in range(2)])
        return pool
    return ThreadPoolExecutor() if variant == "thread" else None


class Server:
    """Its loop has a thread of its own; the main thread waits for lines, without the interpreter's lock."""

    def __init__(self, variant, millis):
        self.millis = millis
        self.pool = pool_of(variant)
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        self.ready.wait()

    def run(self):
        import uvloop
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(self.serve())

    async def ping(self, _):
        from aiohttp import web
        return web.Response(text="pong")

    async def cpu(self, _):
        from aiohttp import web
        if self.pool:
            total = await asyncio.get_running_loop().run_in_executor(self.pool, burn, self.millis)
        else:
            total = burn(self.millis)
        return web.Response(text=str(total))

    async def serve(self):
        from aiohttp import web
        self.loop = asyncio.get_running_loop()
        self.end = asyncio.Event()
        app = web.Application()
        app.add_routes([web.get("/ping", self.ping), web.get("/cpu", self.cpu)])
        site = web.AppRunner(app, access_log=None, keepalive_timeout=600)
        await site.setup()
        await web.SockSite(site, self.listener, backlog=4096).start()
        self.ready.set()
        await self.end.wait()
        await site.cleanup()

    def measure(self):
        """The one who asks does the measuring, from outside."""
        return [self.port]

    def close(self):
        self.loop.call_soon_threadsafe(self.end.set)
        self.thread.join(5)
        if self.pool:
            self.pool.shutdown()
