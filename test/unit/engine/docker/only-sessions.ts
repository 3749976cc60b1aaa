/** The line of a shell script in place of ssh, that cannot share a connection: it is asked for that first. */
export const onlySessions = 'case $1 in -G | -fN) exit 0 ;; esac';
