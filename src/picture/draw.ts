import type { Project } from '../model/project.js';
import { drawDot } from './draw-dot.js';
import { drawJson } from './draw-json.js';
import { drawMermaid } from './draw-mermaid.js';
import { drawSvg } from './draw-svg.js';
import { drawText, type TextShape } from './draw-text.js';
import { type PictureChoice, pictureOf, wholePicture } from './picture-of.js';

export type PictureFormat = 'text' | 'mermaid' | 'dot' | 'svg' | 'json';

/**
 * A project as a picture: services with what they need, networks and volumes, or what is drawn as JSON. Asks no engine. `shape` is for `text`
 * only: without it, there are as many columns as it takes, and no colours.
 */
export function drawProject(
  project: Project,
  format: PictureFormat,
  { choice = wholePicture, shape = {} }: { readonly choice?: PictureChoice; readonly shape?: TextShape } = {},
): string {
  const picture = pictureOf(project, choice);
  switch (format) {
    case 'text':
      return drawText(picture, shape);
    case 'mermaid':
      return drawMermaid(picture);
    case 'dot':
      return drawDot(picture);
    case 'json':
      return drawJson(picture);
    case 'svg':
      return drawSvg(picture);
  }
}
