"""Smaller and sharper copies of photos: Pillow in a multiprocessing.Pool. The peer of `forkloom bench crawl.images`.

main(PEER, FOLDER, WORKERS, TO, OUT): for each photo of FOLDER writes a JPEG that fits into 800x600, sharpened, into TO, whole or not at
all, and a JSON line to OUT: what forkloom's own image parser does and tells, no more and no less. That is source, type, bytes, SHA-512,
width, height, format, the copy's name, width and height, worker, and the time it took.

PEER says by which filter: pillow.bilinear weighs the same pixels in the same way as forkloom does, pillow.lanczos three times as many in
each direction. Both sharpen by forkloom's kernel.
"""
import functools
import hashlib
import io
import json
import multiprocessing
import os
import re
import sys
import time

WIDTH, HEIGHT, QUALITY = 800, 600, 85
FILTERS = {"pillow.lanczos": "LANCZOS", "pillow.bilinear": "BILINEAR"}


def version():
    import PIL
    return f"Pillow {PIL.__version__}, multiprocessing.Pool"


def name_of(source):
    stem = re.sub("[^A-Za-z0-9_-]+", "-", os.path.splitext(os.path.basename(source))[0])
    return f"{stem}-{hashlib.sha512(source.encode()).hexdigest()[:16]}.jpg"


def shrink(peer, to, source):
    """The part for a processor, as a JSON line."""
    from PIL import Image, ImageFilter
    start = time.perf_counter()
    with open(source, "rb") as file:
        body = file.read()
    target = os.path.join(to, name_of(source))
    temporary = f"{target}.{os.getpid()}.tmp"
    with Image.open(io.BytesIO(body)) as image:
        width, height = image.size
        factor = min(1, WIDTH / width, HEIGHT / height)
        size = max(1, round(width * factor)), max(1, round(height * factor))
        small = image.resize(size, Image.Resampling[FILTERS[peer]]).filter(ImageFilter.SHARPEN)
        small.save(temporary, "JPEG", quality=QUALITY)
    os.replace(temporary, target)
    record = {"source": source, "type": "image/jpeg", "bytes": len(body), "sha512": hashlib.sha512(body).hexdigest(),
              "width": width, "height": height, "format": "jpeg", "file": target, "fileWidth": size[0], "fileHeight": size[1],
              "worker": multiprocessing.current_process().name}
    record["ms"] = round((time.perf_counter() - start) * 1e3, 3)
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def main(peer, folder, workers, to, file):
    sources = [os.path.join(folder, name) for name in os.listdir(folder)]
    with open(file, "wb") as out, multiprocessing.Pool(int(workers)) as pool:
        for line in pool.imap_unordered(functools.partial(shrink, peer, to), sources):
            out.write(line)


if __name__ == "__main__":
    main(*sys.argv[1:])
