"""Pictures of pages for the screen: rendered on demand from the original, upright, kept on disk within bounds.

Rendering runs in processes of its own: a hostile file may crash or hang the renderer, and PDFium serves one thread.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import multiprocessing
import os
import tempfile
import threading
from collections import defaultdict
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import Final

from PIL import Image

from pipeline.errors import PageError, PageTimeout
from pipeline.pages import open_source

SCREEN_PIXELS: Final = 2_200_000
"""Of one page: A4 at about 150 dots per inch, enough to read small print at twice the size of a column."""
QUALITY: Final = 82
RENDER_SECONDS: Final = 20.0
CACHE_BYTES: Final = 512 << 20
KEPT_SHARE: Final = 0.9
"""Of the bound, after the pictures that were looked at longest ago have been removed."""
VERSION: Final = "1"
"""Of what a picture shows: another one makes those on disk worthless."""


def default_cache() -> Path:
    """Return the folder for pictures: the user's own cache, which nobody else may read."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "vanban" / "pictures"


class Pictures:
    """Renders pages and keeps what it rendered; safe to use from many threads at once."""

    def __init__(self, cache: Path, *, bound_bytes: int = CACHE_BYTES, workers: int | None = None) -> None:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.cache, self.bound_bytes = cache, bound_bytes
        self._workers = workers or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None
        self._guard = threading.Lock()
        self._making: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)
        self._held_bytes = sum(path.stat().st_size for path in cache.glob("*.jpg"))

    def warm_up(self) -> None:
        """Start the processes, so that the first picture need not wait for them."""
        with contextlib.suppress(BrokenExecutor):
            self._processes().submit(os.getpid)

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        with self._guard:
            pool, self._pool = self._pool, None
        if pool is not None:
            _end(pool)

    def get(self, original: Path, media_type: str, sha256: str, number: int, turn_degrees: int) -> bytes:
        """Return a page as JPEG, turned clockwise by a multiple of 90 degrees.

        Raises:
            PageError: the page cannot be rendered. InputError: the file cannot be opened.
        """
        name = hashlib.sha256(f"{VERSION} {sha256} {number} {turn_degrees % 360}".encode()).hexdigest()
        path = self.cache / f"{name}.jpg"
        with self._guard:
            making = self._making[path]
        try:
            with making:  # of many who ask for the same page, one renders it
                kept = _read(path)
                if kept is not None:
                    return kept
                data = self._render(original, media_type, number, turn_degrees)
                self._keep(path, data)
                return data
        finally:
            with self._guard:
                self._making.pop(path, None)

    def _render(self, original: Path, media_type: str, number: int, turn_degrees: int) -> bytes:
        pool = self._processes()
        try:
            future = pool.submit(_draw, original, media_type, number, turn_degrees)
            return future.result(timeout=2 * RENDER_SECONDS)
        except FutureTimeout:
            self._replace(pool)
            raise PageTimeout("not rendered in time", path=original, page=number) from None
        except BrokenExecutor:
            self._replace(pool)
            raise PageError("the renderer crashed on this page", path=original, page=number) from None

    def _processes(self) -> ProcessPoolExecutor:
        with self._guard:
            if self._pool is None:
                context = multiprocessing.get_context("forkserver")
                context.set_forkserver_preload([__name__])
                self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=_follow_parent)
            return self._pool

    def _replace(self, pool: ProcessPoolExecutor) -> None:
        """End a pool that crashed or hangs; the next picture starts another."""
        with self._guard:
            if self._pool is pool:
                self._pool = None
        _end(pool)

    def _keep(self, path: Path, data: bytes) -> None:
        """Write a picture beside its place and rename it; a full disk only means that it is rendered again."""
        with contextlib.suppress(OSError):
            handle, temporary = tempfile.mkstemp(suffix=".tmp", dir=self.cache)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(path)
            with self._guard:
                self._held_bytes += len(data)
                if self._held_bytes > self.bound_bytes:
                    self._held_bytes = _shrink(self.cache, int(self.bound_bytes * KEPT_SHARE))


def _end(pool: ProcessPoolExecutor) -> None:
    """End a pool's processes; one that hangs ends no other way."""
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(wait=False, cancel_futures=True)


def _follow_parent() -> None:
    """End this process when the server is gone, however it went: waiting for work, it would never notice."""

    def wait_for_the_end() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait_for_the_end, daemon=True).start()


def _read(path: Path) -> bytes | None:
    """Return a kept picture and note that it was looked at."""
    try:
        data = path.read_bytes()
        os.utime(path)
        return data
    except OSError:
        return None


def _shrink(cache: Path, goal_bytes: int) -> int:
    """Remove the pictures looked at longest ago; return how many bytes are left."""
    files = sorted((status.st_mtime, status.st_size, path) for path in cache.glob("*.jpg") for status in [path.stat()])
    left = sum(size for _, size, _ in files)
    for _, size, path in files:
        if left <= goal_bytes:
            break
        with contextlib.suppress(OSError):
            path.unlink()
        left -= size
    return left


def _draw(original: Path, media_type: str, number: int, turn_degrees: int) -> bytes:
    """Render one page as JPEG; runs in a process of its own."""
    source = open_source(original, media_type)
    try:
        if not 1 <= number <= source.count:
            raise PageError("the file has no such page", path=original, page=number)
        raster = source.raster(number, RENDER_SECONDS, SCREEN_PIXELS)
    finally:
        source.close()
    if raster is None:
        raise PageError("plain text has no picture", path=original, page=number)
    image = Image.fromarray(raster.pixels)
    turn = _TURNS.get(turn_degrees % 360)
    if turn is not None:
        image = image.transpose(turn)
    data = io.BytesIO()
    image.save(data, "JPEG", quality=QUALITY, optimize=False)
    return data.getvalue()


_TURNS: Final = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns against the clock
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
