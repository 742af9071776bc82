import { create, toBinary } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from "./onnx_pb";

export { DataType };

/** A name of a value in the graph. */
export type Value = string;

/** Attributes by ONNX kind: an integer or boolean, a float (`{ float }`), a string, a list of integers, or a tensor. */
export type Attribute = number | boolean | string | readonly number[] | { readonly float: number } | { readonly tensor: TensorProto };

/** Where a weight's bytes lie in the external data file. */
export interface ExternalBytes {
  readonly offset: number;
  readonly length: number;
}

/** Operators that onnxruntime adds to ONNX. */
export const MICROSOFT = "com.microsoft";

/** Puts an ONNX graph together, node by node; values are their names. Shapes are `number` where fixed, a word where not. */
export class GraphBuilder {
  private readonly nodes: NodeProto[] = [];
  private readonly initializers: TensorProto[] = [];
  private readonly inputs: ValueInfoProto[] = [];
  private readonly outputs: ValueInfoProto[] = [];
  private counter = 0;

  /** @param weightsFile name of the external data file, beside the graph */
  constructor(private readonly weightsFile: string) {}

  input(name: string, type: DataType, shape: readonly (number | string)[]): Value {
    this.inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /**
   * Makes a node's output an output of the graph: it is called `name` from here on, so call it before anything else reads `value`.
   * An Identity would do as well, at the price of a copy.
   * @returns `name`
   */
  output(name: string, value: Value, type: DataType, shape: readonly (number | string)[]): Value {
    const maker = this.nodes.findLast((node) => node.output.includes(value));
    if (maker === undefined) throw new Error(`no node makes ${value}`);
    maker.output[maker.output.indexOf(value)] = name;
    this.outputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** A small constant, kept in the graph itself. */
  constant(
    type: DataType,
    shape: readonly number[],
    data: Float32Array | BigInt64Array | Uint8Array,
    name = this.fresh("constant"),
  ): Value {
    this.initializers.push(tensor(name, type, shape, data));
    return name;
  }

  int64(values: readonly number[]): Value {
    return this.constant(DataType.INT64, [values.length], BigInt64Array.from(values, BigInt));
  }

  /** A weight whose bytes are in the external data file. */
  weight(name: string, type: DataType, shape: readonly number[], bytes: ExternalBytes): Value {
    const entry = (key: string, value: string) => create(StringStringEntryProtoSchema, { key, value });
    this.initializers.push(
      create(TensorProtoSchema, {
        name,
        dataType: type,
        dims: shape.map(BigInt),
        dataLocation: DataLocation.EXTERNAL,
        externalData: [entry("location", this.weightsFile), entry("offset", `${bytes.offset}`), entry("length", `${bytes.length}`)],
      }),
    );
    return name;
  }

  /** One node with one output. An absent optional input is `undefined`. */
  node(opType: string, inputs: readonly (Value | undefined)[], attributes: Readonly<Record<string, Attribute>> = {}, domain = ""): Value {
    return this.nodeWithOutputs(opType, inputs, 1, attributes, domain)[0]!;
  }

  /** One node with `count` outputs. */
  nodeWithOutputs(
    opType: string,
    inputs: readonly (Value | undefined)[],
    count: number,
    attributes: Readonly<Record<string, Attribute>> = {},
    domain = "",
  ): Value[] {
    const output = Array.from({ length: count }, () => this.fresh(opType));
    this.nodes.push(
      create(NodeProtoSchema, {
        opType,
        domain,
        name: output[0]!,
        input: inputs.map((value) => value ?? ""),
        output,
        attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
      }),
    );
    return output;
  }

  /** The model's bytes. @param opset of the default domain */
  serialize(opset: number, producer: string): Uint8Array {
    return toBinary(
      ModelProtoSchema,
      create(ModelProtoSchema, {
        irVersion: 10n,
        producerName: producer,
        opsetImport: [
          create(OperatorSetIdProtoSchema, { domain: "", version: BigInt(opset) }),
          create(OperatorSetIdProtoSchema, { domain: MICROSOFT, version: 1n }),
        ],
        graph: create(GraphProtoSchema, {
          name: "denoiser",
          node: this.nodes,
          initializer: this.initializers,
          input: this.inputs,
          output: this.outputs,
        }),
      }),
    );
  }

  private fresh(kind: string): string {
    return `${kind}_${this.counter++}`;
  }
}

/** A tensor with its bytes inside, little-endian as ONNX has it. */
export function tensor(
  name: string,
  dataType: DataType,
  shape: readonly number[],
  data: Float32Array | BigInt64Array | Uint8Array,
): TensorProto {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  return create(TensorProtoSchema, { name, dataType, dims: shape.map(BigInt), rawData });
}

function valueInfo(name: string, elemType: DataType, shape: readonly (number | string)[]): ValueInfoProto {
  const dim = shape.map((size) =>
    create(TensorShapeProto_DimensionSchema, {
      value: typeof size === "number" ? { case: "dimValue", value: BigInt(size) } : { case: "dimParam", value: size },
    }),
  );
  return create(ValueInfoProtoSchema, { name, type: { value: { case: "tensorType", value: { elemType, shape: { dim } } } } });
}

function attribute(name: string, value: Attribute): AttributeProto {
  if (typeof value === "boolean") return attribute(name, value ? 1 : 0);
  if (typeof value === "number") return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  if (typeof value === "string")
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) });
  if ("float" in value) return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  if ("tensor" in value) return create(AttributeProtoSchema, { name, type: AttributeType.TENSOR, t: value.tensor });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}
