// Command providers is two Pulumi resource plugins in one binary, which share most of their code: the name it is started
// by says which one it is.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	pf "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
)

// The versions of the npm packages that these plugins answer to; set by the linker, from package.json.
var (
	dockerVersion = "0.0.0"
	randomVersion = "0.0.0"
)

// No schema is needed to serve resources, but the bridge wants to see the outline of one.
func emptySchema(name, version string) []byte {
	return fmt.Appendf(nil, `{"name":%q,"version":%q}`, name, version)
}

func main() {
	name := strings.TrimPrefix(strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe"), "pulumi-resource-")
	switch name {
	case "docker":
		tfbridge.Main(name, dockerVersion, dockerProvider(dockerVersion), emptySchema(name, dockerVersion))
	case "random":
		pf.Main(context.Background(), name, randomProvider(randomVersion),
			pf.ProviderMetadata{PackageSchema: emptySchema(name, randomVersion)})
	default:
		fmt.Fprintf(os.Stderr, "start this as pulumi-resource-docker or pulumi-resource-random, not as %q\n", name)
		os.Exit(2)
	}
}
