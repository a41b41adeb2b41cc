// Package shim hands out the Docker provider, which its authors keep in an internal package. Go lets only code whose
// import path lies under theirs use it; hence this module's name.
package shim

import (
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/terraform-providers/terraform-provider-docker/internal/provider"
)

// New returns the provider's resources and data sources.
func New(version string) *schema.Provider {
	return provider.New(version)()
}
