import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { addressOf } from "../../../components/swarm/routes.ts";
import { SETTINGS } from "./settings.ts";

test("without a certificate, pages have the loopback address, and Jupyter its own name", (t) => {
    t.is(addressOf("hdfs", SETTINGS), "http://127.0.0.1:9870/");
    t.is(addressOf("jupyter", SETTINGS), "http://jupyter.localhost:8888/");
    t.is(addressOf("mongo", SETTINGS), "mongodb://127.0.0.1:27017/");
});

test("with a certificate, pages use HTTPS and its names", (t) => {
    const settings = {
        ...SETTINGS,
        gatewayName: "power.example.com",
        gatewayCertificate: pulumi.output("PEM"),
    };
    t.is(addressOf("hdfs", settings), "https://power.example.com:9870/");
    t.is(addressOf("jupyter", settings), "https://jupyter.power.example.com:8888/");
    t.is(addressOf("mongo", settings), "mongodb://127.0.0.1:27017/");
});
