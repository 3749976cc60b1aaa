import { type Command, Option } from 'commander';
import type { PictureFormat } from '../../picture/draw.js';

export interface GraphOptions {
  /** undefined: that of the file's name, else text. */
  readonly format?: PictureFormat;
  readonly output?: string;
  readonly inactive: boolean;
  readonly networks: boolean;
  readonly volumes: boolean;
}

export function addGraphOptions(command: Command): void {
  command
    .addOption(
      new Option(
        '--format <format>',
        'how to draw; without it, as the name of the output file ends, else text',
      ).choices(['text', 'mermaid', 'dot', 'svg', 'json']),
    )
    .option('-o, --output <file>', 'write to a file instead of the standard output')
    .option('--no-inactive', 'leave out services that no active profile enables')
    .option('--no-networks', 'leave out networks')
    .option('--no-volumes', 'leave out volumes and what else is mounted');
}
