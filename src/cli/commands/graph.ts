import { resolve } from 'node:path';
import { drawProject, type PictureFormat } from '../../picture/draw.js';
import type { TextShape } from '../../picture/draw-text.js';
import { colorsFor } from '../colors.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import type { GraphOptions } from '../options/graph-options.js';
import { writeText } from '../write-file.js';

/** Draws the project of the files: all of it, or the services named and what they need. */
export async function runGraph(
  context: CommandContext,
  services: string[],
  options: GraphOptions,
): Promise<number> {
  // Of the whole project, also what only services of other profiles use.
  const project = await context.loadProject(services, 'accept', {
    keepUnusedResources: services.length === 0,
  });
  const { output } = options;
  const format = options.format ?? formatOfName(output);
  const show = (isShown: boolean) => (isShown ? 'show' : 'hide');
  const text = drawProject(project, format, {
    choice: {
      inactive: services.length > 0 ? 'hide' : show(options.inactive),
      networks: show(options.networks),
      volumes: show(options.volumes),
    },
    shape: output === undefined ? shapeOf(context) : {},
  });
  if (output === undefined) context.io.stdout.write(text);
  else await writeText(resolve(context.io.cwd, output), text);
  return exitCode.ok;
}

function formatOfName(file: string | undefined): PictureFormat {
  const ending = /\.([a-z]+)$/i.exec(file ?? '')?.[1]?.toLowerCase();
  if (ending === 'svg') return 'svg';
  if (ending === 'dot' || ending === 'gv') return 'dot';
  if (ending === 'json') return 'json';
  return ending === 'mmd' || ending === 'mermaid' ? 'mermaid' : 'text';
}

function shapeOf({ io, globals }: CommandContext): TextShape {
  const colors = colorsFor(io.stdout, io, globals);
  const columns = io.stdout.isTty ? io.terminalSize()?.columns : undefined;
  return {
    ...(columns === undefined ? {} : { columns }),
    paint: { title: colors.bold, line: colors.cyan, quiet: colors.dim },
  };
}
