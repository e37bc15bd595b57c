"""Pages for people, made of what other sites get: documents, trees and settings of a site."""
