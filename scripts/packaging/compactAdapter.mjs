import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";

/**
 * A LoRA adapter at half its size: a and b as int8 with one float32 scale for each of their rows, all else as it was. The float16 original is what is kept
 * and trained on; only packages hold this. Source of the format: github.com/huggingface/safetensors, README.
 *
 * @param {Buffer} file the adapter, safetensors
 * @returns {Buffer} the compact adapter, safetensors
 */
export function compactAdapter(file) {
  const headerBytes = Number(file.readBigUInt64LE(0));
  const { __metadata__: metadata, ...entries } = JSON.parse(file.toString("utf8", 8, 8 + headerBytes));
  const header = { __metadata__: metadata };
  const parts = [];
  let end = 0;
  const add = (name, dtype, shape, bytes) => {
    header[name] = { dtype, shape, data_offsets: [end, (end += bytes.length)] };
    parts.push(bytes);
  };
  // float32 first, then int8: every tensor stays aligned to its numbers
  const halves = Object.entries(entries).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [from, to],
      },
    ]) => {
      const bytes = file.subarray(8 + headerBytes + from, 8 + headerBytes + to);
      if (dtype !== "F16" || shape.length !== 2) return { name, dtype, shape, bytes };
      const { scales, values } = toInt8(new Uint16Array(new Uint8Array(bytes).buffer), shape[0]);
      add(`${name}.scale`, "F32", [shape[0]], Buffer.from(scales.buffer));
      return { name, dtype: "I8", shape, bytes: Buffer.from(values.buffer) };
    },
  );
  for (const { name, dtype, shape, bytes } of halves.sort((a, b) => Number(a.dtype === "I8") - Number(b.dtype === "I8")))
    add(name, dtype, shape, bytes);
  let text = JSON.stringify(header);
  text += " ".repeat((8 - (text.length % 8)) % 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, Buffer.from(text), ...parts]);
}

/**
 * The manifest of a model whose adapter has been replaced.
 * @param {Record<string, any>} manifest
 * @param {Buffer} adapter
 */
export function withAdapter(manifest, adapter) {
  return {
    ...manifest,
    adapter: { ...manifest.adapter, bytes: adapter.length, sha256: createHash("sha256").update(adapter).digest("hex") },
  };
}

/** @param {Uint16Array} halves a matrix's float16 bits @param {number} rows */
function toInt8(halves, rows) {
  const columns = halves.length / rows;
  const scales = new Float32Array(rows);
  const values = new Int8Array(halves.length);
  for (let row = 0; row < rows; row++) {
    const numbers = Array.from(halves.subarray(row * columns, (row + 1) * columns), fromHalf);
    const largest = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    scales[row] = largest / 127;
    if (largest > 0) numbers.forEach((x, column) => (values[row * columns + column] = Math.round(x / scales[row])));
  }
  return { scales, values };
}

/** @param {number} bits an IEEE 754 half's */
function fromHalf(bits) {
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  const size = exponent === 0 ? mantissa * 2 ** -24 : exponent === 31 ? NaN : (1 + mantissa / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}
