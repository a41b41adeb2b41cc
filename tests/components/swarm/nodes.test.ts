import * as pulumi from "@pulumi/pulumi";
import test, { type ExecutionContext } from "ava";
import { checkNodes } from "../../../components/swarm/nodes.ts";
import { fakeDocker } from "./fakePrograms.ts";

const TWO = ["one true Ready", "two false Ready"];

test.serial("nodes of the swarm, the engine's own first, are accepted", (t) => {
    fakeDocker(t, TWO);
    t.notThrows(() => checkNodes(["one", "two"], "unix:///s"));
    t.notThrows(() => checkNodes(["one"], "unix:///s"));
});

test.serial("a swarm of one node needs no names; nodes that have left it do not count", (t) => {
    fakeDocker(t, ["one true Ready", "old false Down"]);
    t.notThrows(() => checkNodes([], "unix:///s"));
});

test.serial("without names, what is wrong with the engine is left to the provider", (t) => {
    fakeDocker(t);
    t.notThrows(() => checkNodes([], "unix:///s"));
});

test.serial("several nodes have to be named", (t) => {
    fakeDocker(t, TWO);
    const message = refusal(t, []);
    t.regex(message, /several nodes \(one, two\)/);
    t.regex(message, /pulumi config set london-power:nodes one,two --stack/);
});

test.serial("the engine's own node has to be the first", (t) => {
    fakeDocker(t, TWO);
    const message = refusal(t, ["two", "one"]);
    t.regex(message, /begins with two, and the engine at unix:\/\/\/s is that of one/);
    t.regex(message, /pulumi config set london-power:nodes one,two --stack/);
    t.regex(message, /DOCKER_HOST=ssh:\/\/user@two/);
});

test.serial("a node that the swarm does not have is named, with those that it has", (t) => {
    fakeDocker(t, TWO);
    const message = refusal(t, ["one", "three", "two"]);
    t.regex(message, /names three, and the swarm has one, two\./);
    t.regex(message, /pulumi config set london-power:nodes one,two --stack/);
});

test.serial("nodes that cannot be compared are refused with what the engine says", (t) => {
    fakeDocker(t);
    t.regex(refusal(t, ["one", "two"]), /does not list its nodes: This node is not a swarm manager/);
});

function refusal(t: ExecutionContext, nodes: string[]): string {
    return t.throws(() => checkNodes(nodes, "unix:///s"), { instanceOf: pulumi.RunError })?.message ?? "";
}
