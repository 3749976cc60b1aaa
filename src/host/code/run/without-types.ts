import { transform } from 'sucrase';

/** The text as JavaScript, with a source map at its end: lines stay where they are, columns do not. */
export function withoutTypes(path: string, text: string): string {
  const { code, sourceMap } = transform(text, {
    transforms: ['typescript'],
    disableESTransforms: true,
    preserveDynamicImport: true,
    filePath: path,
    sourceMapOptions: { compiledFilename: path },
  });
  const map = JSON.stringify({ ...sourceMap, sourcesContent: [text] });
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
}
