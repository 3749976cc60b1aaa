/**
 * Why an image is neither pulled nor pushed. `unnamed`: it is built, and has no name in the files; `buildable`: it can
 * be built, and those are left out; `not-built`: only images that are built here are pushed; `policy`: its pull policy
 * says so; `here`: it is on the engine, and that is enough.
 */
export type ImageLeftReason = 'unnamed' | 'buildable' | 'not-built' | 'policy' | 'here';

const words: Readonly<Record<ImageLeftReason, string>> = {
  unnamed: 'it is built, and the files give it no name',
  buildable: 'it can be built',
  'not-built': 'it is not built here',
  policy: 'its pull policy says so',
  here: 'it is here already',
};

export function imageLeftText(why: ImageLeftReason): string {
  return words[why];
}
