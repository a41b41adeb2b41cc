import * as pulumi from "@pulumi/pulumi";
import test, { type ExecutionContext } from "ava";
import type { Engine } from "../../../components/swarm/engine.ts";
import { checkNodes } from "../../../components/swarm/nodes.ts";
import { engineWith } from "./engines.ts";

const TWO = engineWith("two");
const NONE = { ...engineWith(), nodes: [], noNodes: "This node is not a swarm manager." };

test("nodes of the swarm are accepted, with the engine's own node first", (t) => {
    t.notThrows(() => checkNodes(["one", "two"], TWO));
    t.notThrows(() => checkNodes(["one"], TWO));
});

test("a swarm of one node needs no names, and nodes that have left it do not count", (t) => {
    t.notThrows(() => checkNodes([], engineWith("old")));
});

test("without names, the provider reports what is wrong with the engine", (t) => {
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

test("an unknown node is refused, with the names of the swarm's nodes", (t) => {
    const message = refusal(t, ["one", "three", "two"], TWO);
    t.regex(message, /names three, but the swarm has only one, two\./);
    t.regex(message, /pulumi config set london-power:nodes one,two --stack/);
});

test("nodes are refused with the engine's message if it cannot list its own", (t) => {
    t.regex(refusal(t, ["one", "two"], NONE), /does not list its nodes: This node is not a swarm manager/);
});

function refusal(t: ExecutionContext, nodes: string[], engine: Engine): string {
    return t.throws(() => checkNodes(nodes, engine), { instanceOf: pulumi.RunError })?.message ?? "";
}
