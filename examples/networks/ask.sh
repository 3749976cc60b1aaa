#!/bin/sh
# Says of each host name given whether its web server can be reached from here.
for name; do
  if timeout 5 wget -q -O /dev/null "http://$name:8080/hostname" 2>/dev/null; then
    echo "$name: reached"
  else
    echo "$name: not reached"
  fi
done
