#!/bin/sh
# The corpus of `forkloom bench crawl`: the HTML pages of Debian's libstdc++-12-doc, unpacked but not installed.
# Usage: corpus.sh DIR      Needs Debian 12's apt lists (apt-get update). Version 12.2.0-14+deb12u1 has 3,906 pages, 122 MB.
set -eu
mkdir -p "$1"
cd "$1"
apt-get download -q libstdc++-12-doc
dpkg -x libstdc++-12-doc_*_all.deb .
rm libstdc++-12-doc_*_all.deb
