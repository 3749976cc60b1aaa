import type { ImageOfContainer } from '../../model/looks.js';
import { listImages } from '../../operate/images.js';
import { imageJson, imageRow, imageRows } from '../../report/image-row.js';
import { formatRows } from '../../report/row-format.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProjectName } from '../find-project-name.js';
import type { ListOptions } from '../options/list-options.js';
import { lines } from '../write-out.js';

export async function runImages(
  context: CommandContext,
  services: string[],
  options: ListOptions,
): Promise<number> {
  const project = await findProjectName(context);
  const engine = await context.connect();
  try {
    const images = await listImages(engine, { project, services });
    context.io.stdout.write(render(images, options, context.io.clock.nowMs()));
    return exitCode.ok;
  } finally {
    engine.close();
  }
}

function render(images: readonly ImageOfContainer[], { quiet, format }: ListOptions, nowMs: number): string {
  if (quiet === true) return lines([...new Set(images.map(({ imageId }) => imageId.replace('sha256:', '')))]);
  const rows = images.map((image) => (format === 'json' ? imageJson(image) : imageRow(image, nowMs)));
  return formatRows(rows, imageRows, format);
}
