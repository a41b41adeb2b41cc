import * as pulumi from "@pulumi/pulumi";
import test, { type ExecutionContext } from "ava";
import type { Engine } from "../../../components/swarm/engine.ts";
import { checkNodes } from "../../../components/swarm/nodes.ts";
import { engineWith } from "./engines.ts";

const TWO = engineWith("two");
const NONE = { ...engineWith(), nodes: [], noNodes: "This node is not a swarm manager." };

test("nodes of the swarm, the engine's own first, are accepted", (t) => {
    t.notThrows(() => checkNodes(["one", "two"], TWO));
    t.notThrows(() => checkNodes(["one"], TWO));
});

test("a swarm of one node needs no names; nodes that have left it do not count", (t) => {
    t.notThrows(() => checkNodes([], engineWith("old")));
});

test("without names, what is wrong with the engine is left to the provider", (t) => {
    t.notThrows(() => checkNodes([], NONE));
});

test("several nodes have to be named", (t) => {
    const message = refusal(t, [], TWO);
    t.regex(message, /several nodes \(one, two\)/);
    t.regex(message, /pulumi config set london-power:nodes one,two --stack/);
});

test("the engine's own node has to be the first", (t) => {
    const message = refusal(t, ["two", "one"], TWO);
    t.regex(message, /starts with two, but the engine at unix:\/\/\/s runs on one/);
    t.regex(message, /pulumi config set london-power:nodes one,two --stack/);
    t.regex(message, /DOCKER_HOST=ssh:\/\/user@two/);
});

test("a node that the swarm does not have is named, with those that it has", (t) => {
    const message = refusal(t, ["one", "three", "two"], TWO);
    t.regex(message, /names three, but the swarm has only one, two\./);
    t.regex(message, /pulumi config set london-power:nodes one,two --stack/);
});

test("nodes that cannot be compared are refused with what the engine says", (t) => {
    t.regex(refusal(t, ["one", "two"], NONE), /does not list its nodes: This node is not a swarm manager/);
});

function refusal(t: ExecutionContext, nodes: string[], engine: Engine): string {
    return t.throws(() => checkNodes(nodes, engine), { instanceOf: pulumi.RunError })?.message ?? "";
}
