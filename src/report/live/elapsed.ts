/** How long something takes so far, in at most six characters: `0.4s`, `59.9s`, `2m05s`, `1h02m`, `27h`. */
export function elapsedText(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m${two(whole % 60)}s`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours}h${two(minutes % 60)}m` : `${hours}h`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
