import test from "ava";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import { changedKeys, decode, encode, hasUnknown, UNKNOWN } from "../../provider/rpc/values.ts";

const secretOf = (value: string) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    value,
});

test("secrets are unwrapped wherever they are, and the properties that hold them are named", (t) => {
    const struct = structProto.Struct.fromJavaScript({
        open: "a",
        whole: secretOf("b"),
        deep: { list: ["c", secretOf("d")] },
    });
    const { values, secrets } = decode(struct);
    t.deepEqual(values, { open: "a", whole: "b", deep: { list: ["c", "d"] } });
    t.deepEqual([...secrets].sort(), ["deep", "whole"]);
});

test("secrets stay secret when they are encoded, and undefined values are omitted", (t) => {
    const struct = encode({ open: "a", whole: "b", gone: undefined }, new Set(["whole"]));
    t.deepEqual(struct.toJavaScript(), { open: "a", whole: secretOf("b") });
});

test("a missing struct decodes to no properties", (t) => {
    t.deepEqual(decode(undefined), { values: {}, secrets: new Set() });
});

test("an unknown value is found at any depth", (t) => {
    t.true(hasUnknown([{ a: ["x", UNKNOWN] }]));
    t.false(hasUnknown([{ a: ["x", null] }]));
});

test("changed keys are those with another value, new keys and removed keys", (t) => {
    t.deepEqual(changedKeys({ same: [1], other: 1, gone: 1 }, { same: [1], other: 2, came: 1 }), [
        "came",
        "gone",
        "other",
    ]);
});
