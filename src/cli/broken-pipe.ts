/** Calls `end` when what reads a stream has gone, as with `tscompose logs | head`. Other errors are thrown. */
export function onBrokenPipe(
  stream: { on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown },
  end: () => void,
): void {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    end();
  });
}
