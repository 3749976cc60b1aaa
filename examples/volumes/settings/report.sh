#!/bin/sh
# Writes to each place and says what came of it.
date -u >> /history/starts
echo "named: start number $(wc -l < /history/starts)"
echo "bind: $(cat /settings/greeting.txt)"
if touch /settings/new 2>/dev/null; then echo "bind: can be written"; else echo "bind: is read-only"; fi
if touch /scratch/new; then echo "anonymous: can be written"; fi
echo "tmpfs: $(grep -c ' /cache tmpfs ' /proc/mounts) in memory"
