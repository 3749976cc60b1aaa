import { composeLabel, ownLabel } from '../../model/labels.js';
import type { ObservedImage } from '../../model/observed.js';
import { canonicalText } from '../text/canonical-text.js';

/** They say who built an image and from what: nothing that a container would notice. */
const aboutTheBuild = new Set<string>([ownLabel.buildInputs, composeLabel.version]);

/**
 * Whether containers of two images are the same: a build that changes nothing but what is written about it makes an
 * image of another id.
 */
export function isSameContent(one: ObservedImage, other: ObservedImage): boolean {
  if (one.layers === undefined || other.layers === undefined) return false;
  return canonicalText(contentOf(one)) === canonicalText(contentOf(other));
}

function contentOf({ layers, platform, defaults, volumes, labels }: ObservedImage): unknown {
  return {
    layers,
    platform,
    defaults,
    volumes,
    labels: [...labels].filter(([key]) => !aboutTheBuild.has(key)).sort(),
  };
}
