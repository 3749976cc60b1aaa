/** What of this machine's file system tells projects of one name apart. */
export interface Places {
  /** The path of a file or directory with all links followed; undefined: it is not there. */
  realPath(path: string): Promise<string | undefined>;
}
