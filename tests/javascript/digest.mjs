// What the page's script makes of pieces in hexadecimal on standard input: for the test in Python.
import { stdin } from 'node:process';
import { load } from './load.mjs';

const { chain, digest, hex, inclusionProof, merkleRoot, verify } = await load('digest.js');

let text = '';
for await (const part of stdin) text += part;
const answers = JSON.parse(text).map(({ algorithm, pieces }) => {
  const bytes = pieces.map((piece) => Uint8Array.from(piece.match(/../g) ?? [], (pair) => parseInt(pair, 16)));
  const root = merkleRoot(bytes, algorithm);
  const proofs = bytes.map((_, n) => inclusionProof(bytes, n, algorithm));
  return {
    digests: bytes.map((piece) => hex(digest(piece, algorithm))),
    chain: chain(bytes, algorithm).map(hex),
    root: hex(root),
    proofs: proofs.map((proof) => proof.map(hex)),
    verified: bytes.map((piece, n) => verify(piece, n, bytes.length, proofs[n], root, algorithm)),
  };
});
console.log(JSON.stringify(answers));
