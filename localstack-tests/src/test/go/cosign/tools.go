//go:build tools

// Package tools names the program that the module is of.
package tools

import _ "github.com/sigstore/cosign/v3/cmd/cosign"
