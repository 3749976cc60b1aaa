/** Shows what a command writes on the streams of this process: what `log: true` asks for. */
export function showOnOwnOutput(stream: 'stdout' | 'stderr', chunk: Buffer): void {
  process[stream].write(chunk);
}
