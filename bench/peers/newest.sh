#!/usr/bin/env bash
# The newest peers in one folder: a Debian sid tree with CPython 3.14, loky, uvloop and aiohttp, for `forkloom bench --peers --python "chroot DIR python3"`.
# Usage: newest.sh DIR [package…]     (python3-lxml, python3-pil: for `bench crawl`.) Needs root, Debian, and the mirror that apt is set up with. About 2 minutes.
# Before removing DIR: umount DIR/proc DIR/dev/shm
set -euo pipefail
dir=$1
shift
apt-get install -y -q debootstrap >/dev/null
mirror=$(grep -rhoP '(?<=URIs: )\S+' /etc/apt/sources.list.d/debian.sources | head -1)
[ -x "$dir/usr/bin/apt-get" ] || debootstrap --variant=minbase sid "$dir" "$mirror" >/dev/null
mkdir -p "$dir/dev/shm"
mountpoint -q "$dir/dev/shm" || mount --bind /dev/shm "$dir/dev/shm"
mountpoint -q "$dir/proc" || mount -t proc proc "$dir/proc"
DEBIAN_FRONTEND=noninteractive chroot "$dir" apt-get install -y -q --no-install-recommends python3 python3-loky \
    python3-uvloop python3-aiohttp "$@" >/dev/null
chroot "$dir" python3 --version
