// @ts-check
// What the trial and the receipts come to, as plain data. Digests are handed in: nothing is imported.

/** @typedef {typeof import('./digest.js')} Digests */
/** @typedef {{name: string, size: number, digest: Uint8Array}} Read a file as it was read */
/** @typedef {{schema: string, time_from: string, notice: Record<string, string[]>}} Fixed what Python says of receipts */

// Every value over some lines, in hexadecimal: digests, links of the chain, rows of the tree (the
// leaves first and the root last). The leaves are the digests, as in a receipt.
/** @param {string[]} lines @param {Digests} digests */
export function valuesOf(lines, { chain, digest, hex, levels, utf8 }) {
  const bytes = lines.map(utf8);
  const each = bytes.map((line) => digest(line));
  return {
    digests: each.map(hex),
    links: chain(bytes).map(hex),
    rows: levels(each).map((row) => row.map(hex))
  };
}

// The places, from 0, at which two lists differ.
export function differing(/** @type {string[]} */ one, /** @type {string[]} */ other) {
  return one.flatMap((value, n) => (value === other[n] ? [] : [n]));
}

// How many bits of two values differ.
/** @param {string} one in hexadecimal @param {string} other */
export function bits(one, other) {
  let count = 0;
  for (let n = 0; n < one.length; n++) {
    for (let left = parseInt(one[n], 16) ^ parseInt(other[n], 16); left; left >>= 1)
      count += left & 1;
  }
  return count;
}

// The receipt for files, as `simlib deposit` writes it and `simlib verify` reads it.
/** @param {Read[]} files @param {Date} at @param {Fixed} fixed @param {Digests} digests */
export function receiptOf(files, at, fixed, { hex, inclusionProof, merkleRoot }) {
  const leaves = files.map((file) => file.digest);
  return {
    schema: fixed.schema,
    algorithm: 'sha256',
    tree: 'rfc-6962',
    leaf: 'file-digest',
    root: hex(merkleRoot(leaves)),
    at: at.toISOString().replace(/\.\d+Z$/, '+00:00'),
    time_from: fixed.time_from,
    trusted_time_stamp: false,
    note: '',
    files: files.map(({name, size, digest}, n) => ({
      name: name.normalize('NFC'),
      size,
      digest: hex(digest),
      proof: inclusionProof(leaves, n).map(hex),
    })),
    notice: fixed.notice,
  };
}
