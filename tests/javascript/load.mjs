// Our scripts are modules by their content, not by their name: node is told so by a data address,
// whatever its version. For scripts that import nothing.
import { readFile } from 'node:fs/promises';

const STATIC = new URL('../../simlib/widgets/static/', import.meta.url);

export async function load(file) {
  const source = await readFile(new URL(file, STATIC), 'utf-8');
  return import('data:text/javascript,' + encodeURIComponent(source));
}
