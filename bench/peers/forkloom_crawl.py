"""Fetch, parse on another core, deliver: aiohttp on uvloop before a ProcessPoolExecutor. The peer of `forkloom bench crawl`.

main(PORT, PARSER, WORKERS, TIMES, OUT): fetches every page that http://127.0.0.1:PORT/forkloom-urls.txt lists, TIMES times, each time by
another address (page, page?1, page?2), at most 64 at once, has each parsed by run_in_executor, and writes a JSON line: what forkloom's
own html parser finds, no more and no less. That is source, status, type, bytes, SHA-512, title, text with its white space collapsed,
links (absolute, without fragments, each once), language, number of words (runs between white space that have a letter or a digit), and
the time it took.
"""
import asyncio
import hashlib
import html.parser
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from urllib.parse import urljoin

UNDER_WAY = 64
LIST = "/forkloom-urls.txt"


def version():
    import aiohttp
    import lxml.etree
    import uvloop
    return f"aiohttp {aiohttp.__version__}, uvloop {uvloop.__version__}, lxml {lxml.etree.__version__}"


class Collector(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.title, self.text, self.links, self.language = [], [], [], ""
        self.in_title = self.skip = False

    def handle_starttag(self, tag, attributes):
        if tag in ("a", "area"):
            for name, value in attributes:
                if name == "href" and value:
                    self.links.append(value)
        elif tag == "html":
            found = dict(attributes)
            self.language = found.get("lang") or found.get("xml:lang") or ""
        elif tag == "title":
            self.in_title = True
        elif tag in ("script", "style"):
            self.skip = True

    def handle_endtag(self, tag):
        if tag == "title":
            self.in_title = False
        elif tag in ("script", "style"):
            self.skip = False

    def handle_data(self, data):
        if self.in_title:
            self.title.append(data)
        elif not self.skip:
            self.text.append(data)


def by_html_parser(body):
    collector = Collector()
    collector.feed(body.decode("utf-8", "replace"))
    collector.close()
    return "".join(collector.title), "".join(collector.text), collector.links, collector.language


def by_lxml(body):
    import lxml.etree
    import lxml.html
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = lxml.html.document_fromstring(body, parser=parser)
    title = tree.findtext(".//title") or ""
    links = [a.get("href") for a in tree.iter("a", "area") if a.get("href")]
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    lxml.etree.strip_elements(tree, "title", "script", "style", with_tail=False)
    return title, "".join(tree.itertext()), links, language     # //text() by XPath took three times as long


EXTRACT = {"html.parser": by_html_parser, "lxml": by_lxml}


def absolute(url, links):
    found = {}
    for link in links:
        if not link.startswith("#"):
            target = urljoin(url, link).partition("#")[0]
            if target != url and target.startswith(("http://", "https://")):
                found[target] = None
    return list(found)


def parse(url, status, media, body, parser):
    """The part for a processor, as a JSON line."""
    start = time.perf_counter()
    title, text, links, language = EXTRACT[parser](body)
    words = text.split()
    record = {"source": url, "status": status, "type": media, "bytes": len(body), "sha512": hashlib.sha512(body).hexdigest(),
              "title": title.strip(), "text": " ".join(words), "links": absolute(url, links), "language": language.lower(),
              "words": sum(1 for word in words if word.isalnum() or any(map(str.isalnum, word)))}
    record["ms"] = round((time.perf_counter() - start) * 1e3, 3)
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


async def crawl(base, parser, times, pool, out):
    import aiohttp
    loop = asyncio.get_running_loop()
    limit = asyncio.Semaphore(UNDER_WAY)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=UNDER_WAY)) as session:
        async with session.get(base + LIST) as response:
            urls = (await response.text()).split()

        async def one(url):
            async with limit:
                async with session.get(url) as response:
                    response.raise_for_status()
                    body = await response.read()
                out.write(await loop.run_in_executor(pool, parse, url, response.status, response.content_type, body, parser))

        async with asyncio.TaskGroup() as group:
            for i in range(times):
                for url in urls:
                    group.create_task(one(base + url + (f"?{i}" if i else "")))


def main(port, parser, workers, times, file):
    import uvloop
    with open(file, "wb") as out, ProcessPoolExecutor(int(workers)) as pool:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(crawl(f"http://127.0.0.1:{port}", parser, int(times), pool, out))


if __name__ == "__main__":
    main(*sys.argv[1:])
