// Package shim hands out the random provider, which its authors keep in an internal package; see shim-docker.
package shim

import (
	"github.com/hashicorp/terraform-plugin-framework/provider"
	random "github.com/terraform-providers/terraform-provider-random/internal/provider"
)

// New returns the provider's resources.
func New() provider.Provider {
	return random.New()
}
