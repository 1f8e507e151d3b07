// Digests of bytes in the page itself: `crypto.subtle` is not there on plain http, and no byte of
// a reader's file may leave the page. SHA-256 (FIPS 180-4), SM3 (GB/T 32905-2016), the linear chain
// and the Merkle tree (RFC 6962) exactly as `simlib.evidence` has them.

/** @typedef {'sha256' | 'sm3'} Algorithm */
/** @typedef {(state: Int32Array, words: Int32Array) => void} Mix */

const BLOCK = 64;  // bytes that are mixed at a time, of either algorithm
const AT_ONCE = 1 << 20;  // bytes of a file that are held at a time

// The first 32 bits behind the point of the square roots of 8 primes and the cube roots of 64.
const SHA256_START = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];
const SHA256_ROUNDS = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
);
const SM3_START = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
];

const right = (/** @type {number} */ x, /** @type {number} */ n) => (x >>> n) | (x << (32 - n));
const left = (/** @type {number} */ x, /** @type {number} */ n) => (x << n) | (x >>> (32 - n));

/** @type {Mix} */
function mixSha256(state, words) {
  for (let n = 16; n < 64; n++) {
    const two = words[n - 2], fifteen = words[n - 15];
    const low = right(fifteen, 7) ^ right(fifteen, 18) ^ (fifteen >>> 3);
    const high = right(two, 17) ^ right(two, 19) ^ (two >>> 10);
    words[n] = (words[n - 16] + low + words[n - 7] + high) | 0;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5],
      g = state[6], h = state[7];
  for (let n = 0; n < 64; n++) {
    const one = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) +
                    SHA256_ROUNDS[n] + words[n]) |
        0;
    const two = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** @type {Mix} */
function mixSm3(state, words) {
  for (let n = 16; n < 68; n++) {
    const x = words[n - 16] ^ words[n - 9] ^ left(words[n - 3], 15);
    words[n] = x ^ left(x, 15) ^ left(x, 23) ^ left(words[n - 13], 7) ^ words[n - 6];
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5],
      g = state[6], h = state[7];
  for (let n = 0; n < 64; n++) {
    const early = n < 16;
    const turn = left(early ? 0x79cc4519 : 0x7a879d8a, n % 32);
    const first = left((left(a, 12) + e + turn) | 0, 7);
    const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = early ? e ^ f ^ g : (e & f) | (~e & g);
    const one = (ff + d + (first ^ left(a, 12)) + (words[n] ^ words[n + 4])) | 0;
    const two = (gg + h + first + words[n]) | 0;
    d = c;
    c = left(b, 9);
    b = a;
    a = one;
    h = g;
    g = left(f, 19);
    f = e;
    e = two ^ left(two, 9) ^ left(two, 17);
  }
  state[0] ^= a;
  state[1] ^= b;
  state[2] ^= c;
  state[3] ^= d;
  state[4] ^= e;
  state[5] ^= f;
  state[6] ^= g;
  state[7] ^= h;
}

/** @type {Record<Algorithm, {start: number[], mix: Mix}>} */
const ALGORITHMS = {
  sha256: {start: SHA256_START, mix: mixSha256},
  sm3: {start: SM3_START, mix: mixSm3}
};

/** A digest that is fed bytes as they come. */
export class Digest {
  /** @param {Algorithm} algorithm */
  constructor(algorithm = 'sha256') {
    const { start, mix } = ALGORITHMS[algorithm];
    this.state = Int32Array.from(start);
    this.mix = mix;
    this.words = new Int32Array(68);
    this.held = new Uint8Array(BLOCK);
    this.length = 0;
  }

  update(/** @type {Uint8Array} */ bytes) {
    let at = 0;
    const filled = this.length % BLOCK;
    if (filled) {
      at = Math.min(BLOCK - filled, bytes.length);
      this.held.set(bytes.subarray(0, at), filled);
      if (filled + at === BLOCK) this.block(this.held, 0);
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) this.block(bytes, at);
    if (at < bytes.length) this.held.set(bytes.subarray(at));
    this.length += bytes.length;
    return this;
  }

  block(/** @type {Uint8Array} */ bytes, /** @type {number} */ at) {
    for (let n = 0; n < 16; n++, at += 4) {
      this.words[n] =
          (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    this.mix(this.state, this.words);
  }

  /** The 32 bytes; nothing can be fed afterwards. */
  end() {
    const filled = this.length % BLOCK, bits = this.length * 8;
    const tail = new Uint8Array(filled < 56 ? BLOCK : 2 * BLOCK);
    tail.set(this.held.subarray(0, filled));
    tail[filled] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(tail.length - 4, bits % 2 ** 32);
    for (let at = 0; at < tail.length; at += BLOCK) this.block(tail, at);
    const out = new DataView(new ArrayBuffer(32));
    this.state.forEach((word, n) => out.setInt32(4 * n, word));
    return new Uint8Array(out.buffer);
  }
}

export const utf8 = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** @param {Uint8Array} bytes */
export const hex = (bytes) =>
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

// The digest of bytes, of which several follow on each other.
/** @param {Algorithm} algorithm @param {...Uint8Array} parts */
const joined = (algorithm, ...parts) =>
    parts.reduce((digest, part) => digest.update(part), new Digest(algorithm)).end();

/** @param {Uint8Array} bytes @param {Algorithm} algorithm */
export const digest = (bytes, algorithm = 'sha256') => joined(algorithm, bytes);

// The digest of a file, a block at a time; nothing of it is sent or kept.
/** @param {Blob} file @param {(done: number, total: number) => void} [told]
 * @param {Algorithm} [algorithm] */
export async function digestFile(file, told = () => {}, algorithm = 'sha256') {
  const fed = new Digest(algorithm);
  for (let at = 0; at < file.size; at += AT_ONCE) {
    const block = file.slice(at, at + AT_ONCE);
    fed.update(new Uint8Array(await block.arrayBuffer()));
    told(Math.min(at + AT_ONCE, file.size), file.size);
  }
  return fed.end();
}

// The links of a linear chain: each the digest of the one before and of the piece's own digest.
/** @param {Uint8Array[]} datas @param {Algorithm} [algorithm] */
export function chain(datas, algorithm = 'sha256') {
  let before = new Uint8Array(32);
  return datas.map((data) => (before = joined(algorithm, before, digest(data, algorithm))));
}

const LEAF = Uint8Array.of(0), NODE = Uint8Array.of(1);

// The nodes of the tree, the leaves first and the root last; an odd one rises as it is.
/** @param {Uint8Array[]} leaves @param {Algorithm} [algorithm] */
export function levels(leaves, algorithm = 'sha256') {
  let row = leaves.map((leaf) => joined(algorithm, LEAF, leaf));
  const rows = [row];
  while (row.length > 1) {
    const below = row;
    row = below.flatMap((node, n) => {
      if (n % 2) return [];
      return [n + 1 < below.length ? joined(algorithm, NODE, node, below[n + 1]) : node];
    });
    rows.push(row);
  }
  return rows;
}

/** @param {Uint8Array[]} leaves @param {Algorithm} [algorithm] */
export function merkleRoot(leaves, algorithm = 'sha256') {
  return leaves.length ? levels(leaves, algorithm).slice(-1)[0][0] :
                         digest(new Uint8Array(), algorithm);
}

// What has to be hashed onto a leaf to reach the root, lowest first.
/** @param {Uint8Array[]} leaves @param {number} index @param {Algorithm} [algorithm] */
export function inclusionProof(leaves, index, algorithm = 'sha256') {
  return levels(leaves, algorithm).flatMap((row, height) => {
    const other = (index >> height) ^ 1;
    return other < row.length ? [row[other]] : [];
  });
}

// Whether a leaf stands at a place among so many leaves of a root (RFC 9162 §2.1.3.2).
/** @param {Uint8Array} leaf @param {number} index @param {number} count
 * @param {Uint8Array[]} proof @param {Uint8Array} root @param {Algorithm} [algorithm] */
export function verify(leaf, index, count, proof, root, algorithm = 'sha256') {
  if (!(index >= 0 && index < count)) return false;
  let place = index, last = count - 1, reached = joined(algorithm, LEAF, leaf);
  for (const other of proof) {
    if (last === 0) return false;
    if (place & 1 || place === last) {
      reached = joined(algorithm, NODE, other, reached);
      while (place && !(place & 1)) { place >>= 1; last >>= 1; }
    } else reached = joined(algorithm, NODE, reached, other);
    place >>= 1; last >>= 1;
  }
  return last === 0 && hex(reached) === hex(root);
}
