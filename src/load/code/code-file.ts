/** Whether a Compose file is code, which is run, and not text, which is read. */
export function isCodeFile(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}
